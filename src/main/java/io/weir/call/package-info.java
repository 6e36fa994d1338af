/** The vocabulary of one call: call, policy, chain, reply, outcome, attempt, record. */
@NullMarked
package io.weir.call;

import org.jspecify.annotations.NullMarked;
