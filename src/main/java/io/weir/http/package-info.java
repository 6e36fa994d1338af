/**
 * The server side: connections, exchanges, and the relaying of replies. The only user of the server
 * library.
 */
@NullMarked
package io.weir.http;

import org.jspecify.annotations.NullMarked;
