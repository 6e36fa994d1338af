/** Recorded and made-up load: plays traces and benchmarks against any base URL. */
@NullMarked
package io.weir.replay;

import org.jspecify.annotations.NullMarked;
