/** The exact cache of answers: keys, entries, bounds, and who waits for whose answer. */
@NullMarked
package io.weir.cache;

import org.jspecify.annotations.NullMarked;
