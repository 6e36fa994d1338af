/** OpenAI's wire format: errors, server-sent events, endpoints, and views of JSON bodies. */
@NullMarked
package io.weir.wire;

import org.jspecify.annotations.NullMarked;
