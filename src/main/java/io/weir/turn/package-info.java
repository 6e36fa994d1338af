/** Whose turn it is, where more is asked for than there is. */
@NullMarked
package io.weir.turn;

import org.jspecify.annotations.NullMarked;
