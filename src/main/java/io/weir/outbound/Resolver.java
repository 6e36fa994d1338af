package io.weir.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells the addresses of a name. */
public interface Resolver {
    /** The machine's own. */
    Resolver SYSTEM = InetAddress::getAllByName;

    InetAddress[] resolve(String host) throws UnknownHostException;
}
