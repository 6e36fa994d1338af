/** HTTP to providers: connections, timers, and the relaying of one attempt. */
@NullMarked
package io.weir.upstream;

import org.jspecify.annotations.NullMarked;
