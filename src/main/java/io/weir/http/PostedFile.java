package io.weir.http;

/**
 * A file that somebody chose in a form.
 *
 * @param name as their machine calls it; not to be used as a path
 */
public record PostedFile(String name, byte[] content) {}
