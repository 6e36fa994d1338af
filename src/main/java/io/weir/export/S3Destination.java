package io.weir.export;

import io.weir.config.Settings;
import io.weir.outbound.DestinationKeys;
import io.weir.outbound.GuardedHttp;
import io.weir.outbound.HttpAnswer;
import io.weir.outbound.HttpPost;
import io.weir.outbound.HttpSettings;
import io.weir.outbound.Resolver;
import io.weir.store.ParquetFile;
import io.weir.wire.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object store that speaks S3: a Parquet file for each batch and day.
 *
 * <p>A file's key is that of its first event, so that a batch that is sent again, though it may be
 * cut differently then, replaces what it left the first time; and its id, so that nobody else's
 * file is replaced.
 */
final class S3Destination implements Destination {
    private static final Limits LIMITS = new Limits(10_000, 64 << 20, 16 << 20);

    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,60})</Code>");

    private final S3Settings settings;
    private final GuardedHttp http;
    private final InstantSource clock;
    private final String base;

    /** Nothing is sent yet. */
    S3Destination(S3Settings settings, GuardedHttp http, InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.base = http.target().path().replaceFirst("/*$", "");
    }

    static Opening opening(DestinationKeys keys) {
        S3Settings settings = settings(keys);
        keys.made(() -> http(settings));
        return () -> new S3Destination(settings, http(settings), InstantSource.system());
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public boolean readsJsonAlone() {
        return true;
    }

    @Override
    public Sent send(List<Event> events) throws InterruptedException {
        for (Map.Entry<LocalDate, List<Event>> day : byDay(events).entrySet()) {
            Sent sent = put(path(day.getKey(), day.getValue().getFirst()), day.getValue());
            if (!(sent instanceof Sent.Delivered)) {
                return sent;
            }
        }
        return Sent.DELIVERED;
    }

    @Override
    public void close() {
        http.close();
    }

    private Sent put(String path, List<Event> events) throws InterruptedException {
        try {
            byte[] file =
                    ParquetFile.of(settings.columns(), events.stream().map(Event::json).toList());
            Map<String, String> fields =
                    settings.signature()
                            .signed(
                                    "PUT",
                                    http.target().authority(),
                                    path,
                                    fields(),
                                    new S3Signature.Body(file, clock.instant()));
            return sent(http.put(new HttpPost(path, fields, file)));
        } catch (IOException e) {
            return new Sent.Failed(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        fields.put("content-type", "application/vnd.apache.parquet");
        settings.encryption().ifPresent(it -> fields.put("x-amz-server-side-encryption", it));
        settings.kmsKey()
                .ifPresent(it -> fields.put("x-amz-server-side-encryption-aws-kms-key-id", it));
        return fields;
    }

    private String path(LocalDate day, Event first) {
        String prefix = settings.prefix().isEmpty() ? "" : settings.prefix() + "/";
        String key =
                "%sday=%s/weir-%016d-%s.parquet"
                        .formatted(prefix, day, first.sequence(), first.callId());
        return base + S3Signature.encoded("/" + key);
    }

    private static SortedMap<LocalDate, List<Event>> byDay(List<Event> events) {
        SortedMap<LocalDate, List<Event>> days = new TreeMap<>();
        for (Event event : events) {
            LocalDate day = LocalDate.ofInstant(event.time(), ZoneOffset.UTC);
            days.computeIfAbsent(day, key -> new ArrayList<>()).add(event);
        }
        return days;
    }

    private static Sent sent(HttpAnswer answer) {
        if (answer.succeeded()) {
            return Sent.DELIVERED;
        }
        Matcher named = CODE.matcher(new String(answer.body(), StandardCharsets.UTF_8));
        String code = named.find() ? named.group(1) : "";
        if (code.equals("EntityTooLarge") || answer.status() == 413) {
            return new Sent.Refused("The object store says that the file is too large");
        }
        return new Sent.Failed(
                "The object store answered %d%s. %s"
                        .formatted(answer.status(), code.isEmpty() ? "" : ", " + code, advice(code))
                        .strip(),
                answer.retryAfter());
    }

    private static String advice(String code) {
        return switch (code) {
            case "NoSuchBucket" -> "Make the bucket, or check bucket, url and path_style";
            case "AccessDenied" -> "The access key needs s3:PutObject on the bucket";
            case "InvalidAccessKeyId" -> "Check access_key, and url";
            case "SignatureDoesNotMatch" -> "Check secret_key and region";
            case "AuthorizationHeaderMalformed", "AuthorizationQueryParametersError" ->
                    "Check region";
            case "ExpiredToken", "InvalidToken" -> "Give a new session_token and start again";
            case "RequestTimeTooSkewed" -> "Set this machine's clock";
            default -> "";
        };
    }

    private static S3Settings settings(DestinationKeys keys) {
        Settings its = keys.settings();
        String bucket = its.text("bucket", "", "where files are put");
        String region = its.text("region", "us-east-1", "of the bucket");
        boolean elsewhere = its.textOrNull("url", "of another store than AWS") != null;
        HttpSettings endpoint = keys.http("https://s3.%s.amazonaws.com".formatted(region), false);
        boolean asPath =
                its.flag(
                        "path_style",
                        elsewhere || bucket.indexOf('.') >= 0,
                        "whether the path names the bucket and not the host");
        Secret access = keys.secret("access_key", "the access key's id");
        Secret secret = keys.secret("secret_key", "the access key's secret");
        Optional<Secret> token =
                its.textOrNull("session_token", "of temporary credentials") == null
                        ? Optional.empty()
                        : Optional.of(keys.secret("session_token", "of temporary credentials"));
        return keys.made(() ->
                new S3Settings(
                        new HttpSettings(
                                S3Settings.bucket(endpoint.url(), bucket, asPath),
                                endpoint.allow(),
                                endpoint.certificates(),
                                endpoint.connect(),
                                endpoint.whole(),
                                endpoint.gzip()),
                        new S3Signature(region, access, secret, token),
                        its.text("prefix", "weir", "of every key"),
                        Optional.ofNullable(its.textOrNull("encryption", "AES256 or aws:kms")),
                        Optional.ofNullable(its.textOrNull("kms_key", "for aws:kms")),
                        S3Settings.columns(ExporterPlan.fields(its, keys.origin()))));
    }

    private static GuardedHttp http(S3Settings settings) {
        return new GuardedHttp(settings.http(), Resolver.SYSTEM, InstantSource.system());
    }
}
