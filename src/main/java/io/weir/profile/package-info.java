/** Where Weir's own time goes: recordings of the JDK's flight recorder, summed up. */
@NullMarked
package io.weir.profile;

import org.jspecify.annotations.NullMarked;
