package io.weir.replay;

/**
 * What a load client must know of an answer's head.
 *
 * @param length the body's length; -1 when it is chunked or ends with the connection
 * @param keepAlive whether the connection takes another request
 * @param events whether the body is a stream of server-sent events
 */
record AnswerHead(int status, long length, boolean chunked, boolean keepAlive, boolean events) {}
