package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class HelpTest {
    static Stream<String> commands() {
        return Commands.ALL.stream().map(Commands.Entry::name);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void teachesTheCommandWithAnExample(String command) {
        Shell.Result result = new Shell().run(command, "--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("Example").contains("  weir " + command);
        Golden.check("help/" + command + ".txt", result.out());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fitsATerminal(String command) {
        assertThat(new Shell().run(command, "--help").out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exporters list",
                "exporters lag",
                "exporters test",
                "exporters reset",
                "keys list",
                "keys show",
                "keys create",
                "keys set",
                "keys rotate",
                "keys disable",
                "keys enable",
                "keys delete",
                "projects list",
                "projects create",
                "projects set",
                "projects delete",
                "tokens list",
                "tokens create",
                "tokens delete",
                "users list",
                "users create",
                "users set",
                "users password",
                "users delete"
            })
    void explainsEachPartOfACommand(String command) {
        String[] words = (command + " --help").split(" ", -1);
        Shell.Result result = new Shell().run(words);
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Example").contains("  weir " + command);
        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        Golden.check("help/" + command.replace(' ', '-') + ".txt", result.out());
    }

    @Test
    void explainsTheFormsOfAnExport() {
        Shell.Result result = new Shell().run("export", "focus", "--help");
        assertThat(result.exitCode()).isZero();
        Golden.check("help/export-focus.txt", result.out());
        assertThat(result.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void listsTheCommands() {
        Shell.Result result = new Shell().run("--help");
        assertThat(result.exitCode()).isZero();
        Golden.check("help/weir.txt", result.out());
    }

    @Test
    void everyCommandIsInTheCatalogueUnderItsOwnName() {
        List<Class<?>> commands =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.weir.cli")
                                .stream()
                                .filter(type -> type.isAnnotatedWith(Command.class))
                                .filter(type -> type.getEnclosingClass().isEmpty())
                                .map(JavaClass::reflect)
                                .filter(type -> type != Weir.class)
                                .toList();
        assertThat(Commands.ALL)
                .extracting(Commands.Entry::type)
                .containsExactlyInAnyOrderElementsOf(commands);
        assertThat(Commands.ALL)
                .allSatisfy(entry ->
                        assertThat(entry.type().getAnnotation(Command.class).name())
                                .isEqualTo(entry.name()));
    }

    @Test
    void saysWhatIsWrongAndWhereHelpIs() {
        Shell.Result unknown = new Shell().run("asq");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("no command or option asq").contains("weir ask");
        Shell.Result nothing = new Shell().run();
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).contains("Which command?").contains("weir --help");
        Shell.Result wrong = new Shell().run("calls", "--since", "yesterday");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("15m").contains("weir calls --help");
    }

    @Test
    void coloursOnATerminalOnly() {
        Terminal.Tty person = new Terminal.Tty(true, true, true);
        assertThat(new Shell().at(person).run("ask", "--help").out()).contains("\u001b[");
        assertThat(new Shell().at(person).with("NO_COLOR", "1").run("ask", "--help").out())
                .doesNotContain("\u001b[");
    }
}
