/** Hands ended calls on to what a company already has: a destination a file. */
@NullMarked
package io.weir.export;

import org.jspecify.annotations.NullMarked;
