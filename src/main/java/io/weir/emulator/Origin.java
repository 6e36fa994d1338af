package io.weir.emulator;

/**
 * What an answer says of itself.
 *
 * @param id the answer's name
 * @param created seconds since 1970
 */
record Origin(String id, long created) {}
