/** Targets and retries: the end of the chain. */
@NullMarked
package io.weir.route;

import org.jspecify.annotations.NullMarked;
