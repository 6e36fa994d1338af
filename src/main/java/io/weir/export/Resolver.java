package io.weir.export;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells the addresses of a name. */
interface Resolver {
    /** The machine's own. */
    Resolver SYSTEM = InetAddress::getAllByName;

    InetAddress[] resolve(String host) throws UnknownHostException;
}
