package io.weir.alert;

import java.io.IOException;
import java.util.Map;

/** Sends a mail to a port, in a JVM that has what is shipped and nothing else. */
final class TellByMail {
    private TellByMail() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        String yaml =
                """
                kind: email
                from: weir@example.com
                to: [ada@example.com]
                allow: [127.0.0.1]
                tls: none
                host: 127.0.0.1
                port: %s
                """
                        .formatted(arguments[0]);
        try (Channel channel = Channels.open(yaml, Map.of())) {
            System.out.println(channel.tell(Notifications.named("模型")));
        }
    }
}
