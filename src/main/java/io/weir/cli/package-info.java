/** The commands of {@code weir}: a command per file. */
@NullMarked
package io.weir.cli;

import org.jspecify.annotations.NullMarked;
