/** Watching a call: what it used, what it cost, and the one record of it. */
@NullMarked
package io.weir.meter;

import org.jspecify.annotations.NullMarked;
