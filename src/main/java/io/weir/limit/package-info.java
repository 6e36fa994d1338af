/**
 * How much may be asked for, and for how much money: limits, budgets, and what is reserved in them.
 */
@NullMarked
package io.weir.limit;

import org.jspecify.annotations.NullMarked;
