/** The dated price book, and what a call costs by it. */
@NullMarked
package io.weir.prices;

import org.jspecify.annotations.NullMarked;
