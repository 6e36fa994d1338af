/** The JSON admin API and the health checks. */
@NullMarked
package io.weir.admin;

import org.jspecify.annotations.NullMarked;
