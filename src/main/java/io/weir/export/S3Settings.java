package io.weir.export;

import io.weir.outbound.HttpSettings;
import io.weir.store.ParquetFile.Field;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How events go to an object store.
 *
 * @param http its url is the bucket's, whichever way that is named
 * @param prefix of every key, without slashes at its ends; may be empty
 * @param encryption what the server is asked to encrypt with: {@code AES256} or {@code aws:kms}
 * @param kmsKey for {@code aws:kms}; the account's own where it is missing
 * @param columns of every file
 */
record S3Settings(
        HttpSettings http,
        S3Signature signature,
        String prefix,
        Optional<String> encryption,
        Optional<String> kmsKey,
        List<Field> columns) {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX =
            Pattern.compile("|[A-Za-z0-9!_.*'()=-]+(/[A-Za-z0-9!_.*'()=-]+)*");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Set<String> ENCRYPTIONS = Set.of("AES256", "aws:kms");

    S3Settings {
        columns = List.copyOf(columns);
        check(
                PREFIX.matcher(prefix).matches(),
                "prefix is '%s', and has to be of letters, digits and !_.*'()=- with / in between"
                        .formatted(prefix));
        check(
                REGION.matcher(signature.region()).matches(),
                "region is '%s', and has to be as eu-central-1".formatted(signature.region()));
        check(
                encryption.isEmpty() || ENCRYPTIONS.contains(encryption.get()),
                "encryption is AES256 or aws:kms");
        check(
                kmsKey.isEmpty() || encryption.equals(Optional.of("aws:kms")),
                "kms_key is for encryption: aws:kms");
        check(!http.gzip(), "Parquet is compressed already: set gzip to false");
        Set<String> names = new HashSet<>();
        for (Field column : columns) {
            check(
                    names.add(column.name().toLowerCase(Locale.ROOT)),
                    "rename makes two columns named '%s'".formatted(column.name()));
        }
    }

    /** The columns of a file whose events have those fields. */
    static List<Field> columns(Fields fields) {
        return Fields.KNOWN.stream()
                .filter(fields::sends)
                .filter(name -> fields.content() || !name.equals("content"))
                .map(name -> new Field(fields.nameOf(name, name), CallColumns.type(name)))
                .toList();
    }

    /**
     * The address of a bucket.
     *
     * @param endpoint of the store
     * @param asPath whether the bucket is named in the path and not in the host
     */
    static URI bucket(URI endpoint, String bucket, boolean asPath) {
        check(
                BUCKET.matcher(bucket).matches(),
                "bucket is '%s', and has to be 3 to 63 of a-z, 0-9, . and -".formatted(bucket));
        String path = endpoint.getRawPath().replaceFirst("/*$", "");
        try {
            return new URI(
                    endpoint.getScheme(),
                    null,
                    asPath ? endpoint.getHost() : bucket + "." + endpoint.getHost(),
                    endpoint.getPort(),
                    asPath ? path + "/" + bucket : path + "/",
                    endpoint.getRawQuery(),
                    endpoint.getRawFragment());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("url is none", e);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
