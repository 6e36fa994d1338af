/** Rules over windows of calls, and whom they tell: a channel a file. */
@NullMarked
package io.weir.alert;

import org.jspecify.annotations.NullMarked;
