/** The limits, the budgets and the provider's keys that are made and changed while Weir runs. */
@NullMarked
package io.weir.rules;

import org.jspecify.annotations.NullMarked;
