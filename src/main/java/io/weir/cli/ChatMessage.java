package io.weir.cli;

/** A message of a conversation: {@code system}, {@code user} or {@code assistant}. */
record ChatMessage(String role, String content) {}
