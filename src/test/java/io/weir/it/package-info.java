/** The packaged jar, as its users meet it. */
@NullMarked
package io.weir.it;

import org.jspecify.annotations.NullMarked;
