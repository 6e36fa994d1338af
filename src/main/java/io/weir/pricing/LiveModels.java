package io.weir.pricing;

import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpFailure;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import io.weir.prices.ModelCatalogue;
import io.weir.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of models in force: the shipped one until a newer one was read. What cannot be
 * read, is not what it should be, or is no catalogue changes nothing, and is told.
 */
public final class LiveModels implements Supplier<ModelCatalogue> {
    private static final int MOST_BYTES = 4 << 20;

    private final PricePlan.@Nullable Source source;
    private final InstantSource clock;
    private volatile Standing standing = new Standing(ModelCatalogue.shipped(), "shipped", null);

    /**
     * How it stands.
     *
     * @param place where the catalogue is from
     * @param problem why there is no newer one; null where there is none to be had, or it is there
     */
    public record Standing(ModelCatalogue catalogue, String place, @Nullable String problem) {}

    LiveModels(PricePlan.@Nullable Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public ModelCatalogue get() {
        return standing.catalogue();
    }

    /** How it stands. */
    public Standing standing() {
        return standing;
    }

    /** Whether reading it may take its time: it is somewhere in the network. */
    boolean isFar() {
        return source != null && source.http() != null;
    }

    /** Reads it anew. */
    synchronized Standing read() throws InterruptedException {
        PricePlan.Source from = source;
        if (from == null) {
            return standing;
        }
        try {
            byte[] bytes = bytes(from);
            requireSum(bytes, from.sha256());
            standing = new Standing(ModelCatalogue.parse(bytes), from.place(), null);
        } catch (IOException | IllegalArgumentException e) {
            String problem = from.place() + ": " + e.getMessage();
            standing = new Standing(standing.catalogue(), standing.place(), problem);
        }
        return standing;
    }

    private byte[] bytes(PricePlan.Source from) throws IOException, InterruptedException {
        if (from.file() != null) {
            return Files.readAllBytes(from.file());
        }
        HttpSettings http = Objects.requireNonNull(from.http());
        try (GuardedHttp server = new GuardedHttp(http, Resolver.SYSTEM, clock)) {
            HttpAnswer answer = server.get(server.target().path(), Map.of(), MOST_BYTES);
            if (!answer.succeeded()) {
                throw new HttpFailure("it answered " + answer.status());
            }
            return answer.body();
        }
    }

    private static void requireSum(byte[] bytes, @Nullable String wanted) {
        if (wanted == null) {
            return;
        }
        String sum = HexFormat.of().formatHex(Secret.sha256(bytes));
        if (!sum.equals(wanted)) {
            throw new IllegalArgumentException(
                    "its SHA-256 is %s, and models.sha256 says %s".formatted(sum, wanted));
        }
    }
}
