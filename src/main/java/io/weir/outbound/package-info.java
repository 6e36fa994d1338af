/**
 * What Weir sends of its own accord: to the servers an operator has named, and to nothing behind
 * them.
 */
@NullMarked
package io.weir.outbound;

import org.jspecify.annotations.NullMarked;
