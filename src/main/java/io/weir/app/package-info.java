/** The configuration and the parts list. */
@NullMarked
package io.weir.app;

import org.jspecify.annotations.NullMarked;
