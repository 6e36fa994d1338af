package io.weir.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The examples in the documentation are configurations. */
class DocumentedChannelsTest {
    private static final Pattern YAML =
            Pattern.compile("```yaml\\n(- name: .*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("`\\{\\{([a-z_.]+)}}`");

    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "WEBHOOK_SECRET", "s",
                    "SLACK_WEBHOOK_URL", "https://hooks.slack.com/services/T/B/X",
                    "SMTP_PASSWORD", "s",
                    "PAGERDUTY_ROUTING_KEY", Services.ROUTING_KEY,
                    "OPSGENIE_KEY", "s",
                    "TEAMS_WEBHOOK_URL", "https://example.com/workflows/1?sig=x",
                    "NTFY_TOKEN", "s");

    private final String text = Files.readString(Path.of("docs", "alerts.md"));

    DocumentedChannelsTest() throws IOException {}

    @Test
    void eachExampleIsAChannel() {
        List<String> names = new ArrayList<>();
        Matcher examples = YAML.matcher(text);
        while (examples.find()) {
            YAMLMapper.builder()
                    .build()
                    .readTree(examples.group(1))
                    .forEach(item ->
                            names.add(ChannelPlan.read(item, ENVIRONMENT, Path.of("data")).name()));
        }
        assertThat(names)
                .containsExactly("own", "on-call", "mail", "pager", "opsgenie", "teams", "phone");
    }

    @Test
    void eachNameOfATemplateIsExplained() {
        TreeSet<String> explained = new TreeSet<>();
        Matcher names = NAME.matcher(text);
        while (names.find()) {
            explained.add(names.group(1));
        }
        assertThat(explained).isEqualTo(TemplateValues.names());
    }
}
