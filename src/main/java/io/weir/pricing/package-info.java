/**
 * Prices as they are looked after: set and read again, checked against what is used, and applied to
 * calls that had none.
 */
@NullMarked
package io.weir.pricing;

import org.jspecify.annotations.NullMarked;
