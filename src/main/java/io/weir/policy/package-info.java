/** A rule per file. */
@NullMarked
package io.weir.policy;

import org.jspecify.annotations.NullMarked;
