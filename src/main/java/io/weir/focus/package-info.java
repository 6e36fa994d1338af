/** Charge-back in the columns of FOCUS, the FinOps Open Cost and Usage Specification. */
@NullMarked
package io.weir.focus;

import org.jspecify.annotations.NullMarked;
