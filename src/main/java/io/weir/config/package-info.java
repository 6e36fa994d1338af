/** weir.yaml into records. */
@NullMarked
package io.weir.config;

import org.jspecify.annotations.NullMarked;
