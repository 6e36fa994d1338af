package io.weir.export;

import io.weir.outbound.HttpSettings;
import io.weir.outbound.Scheme;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How events go to a syslog server.
 *
 * @param server its url is {@code tls://HOST:6514}, or {@code tcp://HOST:514} for an allowed host
 * @param facility the word for it, {@code local0} for instance
 * @param hostname of every message, as {@code appName} is; printable ASCII
 * @param dataId the SD-ID of the structured data: a name, and {@code @} with a private enterprise
 *     number
 * @param mostBytes of a message
 * @param confirm whether a batch counts as sent only when the server has read it to its end
 */
record SyslogSettings(
        HttpSettings server,
        String facility,
        String hostname,
        String appName,
        String dataId,
        int mostBytes,
        boolean confirm) {
    static final Scheme SCHEME = new Scheme("tls", 6514, "tcp", 514);

    /** By their codes (RFC 5424, section 6.2.1). */
    private static final List<String> FACILITIES =
            List.of(
                    "kern",
                    "user",
                    "mail",
                    "daemon",
                    "auth",
                    "syslog",
                    "lpr",
                    "news",
                    "uucp",
                    "cron",
                    "authpriv",
                    "ftp",
                    "ntp",
                    "audit",
                    "alert",
                    "clock",
                    "local0",
                    "local1",
                    "local2",
                    "local3",
                    "local4",
                    "local5",
                    "local6",
                    "local7");

    private static final Pattern HOSTNAME = Pattern.compile("[!-~]{1,255}");
    private static final Pattern APP_NAME = Pattern.compile("[!-~]{1,48}");
    private static final Pattern DATA_ID =
            Pattern.compile("(?=.{1,32}$)[!-~&&[^@=\"\\]]]+@[0-9]+(\\.[0-9]+)*");

    SyslogSettings {
        check(FACILITIES.contains(facility), "facility", facility, String.join(", ", FACILITIES));
        check(HOSTNAME.matcher(hostname).matches(), "hostname", hostname, "ASCII without spaces");
        check(
                APP_NAME.matcher(appName).matches(),
                "app_name",
                appName,
                "up to 48 ASCII characters without spaces");
        check(
                DATA_ID.matcher(dataId).matches(),
                "data_id",
                dataId,
                "a name, @ and a private enterprise number, as weir@32473");
        if (server.gzip()) {
            throw new IllegalArgumentException("syslog is not compressed: set gzip to false");
        }
    }

    int facilityCode() {
        return FACILITIES.indexOf(facility);
    }

    private static void check(boolean holds, String key, String value, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is '%s', and has to be: %s".formatted(key, value, wanted));
        }
    }
}
