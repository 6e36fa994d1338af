/** Counting tokens with the tokenizer of each model. */
@NullMarked
package io.weir.tokens;

import org.jspecify.annotations.NullMarked;
