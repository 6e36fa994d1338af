package io.weir.wire;

import org.jspecify.annotations.Nullable;

/**
 * The error in an answer or an event, as its sender put it.
 *
 * @param type {@code error.type}; null where it has none, as in events of the Responses API
 * @param code {@code error.code}; digits where it was a number
 * @param message {@code error.message}, or {@code error} itself where that is a string
 */
public record AnswerError(@Nullable String type, @Nullable String code, @Nullable String message) {}
