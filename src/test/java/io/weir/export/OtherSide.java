package io.weir.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/** All that exporters can send to: a destination of each kind. */
interface OtherSide extends Closeable {
    /** An exporter to each, as a configuration has them. */
    ArrayNode exporters();

    /** Takes all away: some refuse connections, some answer 503, some do not answer. */
    void down() throws IOException;

    /** Brings all back. */
    void up() throws IOException;

    /** What each has of the first so many numbered calls, by the exporter's name. */
    Map<String, Tally> tallies(int sent) throws IOException;
}
