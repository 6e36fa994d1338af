/** The limits and budgets that are made, changed and removed while Weir runs. */
@NullMarked
package io.weir.rules;

import org.jspecify.annotations.NullMarked;
