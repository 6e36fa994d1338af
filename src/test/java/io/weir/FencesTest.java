package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The packages are the architecture, and this is the fence around them. */
class FencesTest {
    private static final String ROOT = "io.weir.";

    /** Imports point from a package to one of a smaller level only. */
    private static final Map<String, Integer> LEVELS =
            Map.ofEntries(
                    Map.entry("wire", 0),
                    Map.entry("call", 1),
                    Map.entry("config", 2),
                    Map.entry("tokens", 2),
                    Map.entry("prices", 2),
                    Map.entry("turn", 2),
                    Map.entry("access", 3),
                    Map.entry("limit", 3),
                    Map.entry("cache", 3),
                    Map.entry("policy", 4),
                    Map.entry("rules", 4),
                    Map.entry("upstream", 3),
                    Map.entry("route", 3),
                    Map.entry("meter", 3),
                    Map.entry("ledger", 3),
                    Map.entry("store", 3),
                    Map.entry("emulator", 3),
                    Map.entry("outbound", 3),
                    Map.entry("report", 4),
                    Map.entry("pricing", 4),
                    Map.entry("export", 4),
                    Map.entry("profile", 4),
                    Map.entry("replay", 4),
                    Map.entry("http", 4),
                    Map.entry("alert", 5),
                    Map.entry("focus", 5),
                    Map.entry("reconcile", 5),
                    Map.entry("metrics", 6),
                    Map.entry("admin", 7),
                    Map.entry("web", 7),
                    Map.entry("app", 8),
                    Map.entry("cli", 9));

    /** A vendor's library is known to these packages only. */
    private static final Map<String, Set<String>> VENDORS =
            Map.ofEntries(
                    Map.entry("org.apache.hc.", Set.of("outbound", "http", "upstream")),
                    Map.entry("java.sql.", Set.of("store")),
                    Map.entry("org.duckdb.", Set.of("store")),
                    Map.entry("picocli.", Set.of("cli")),
                    Map.entry("jakarta.mail.", Set.of("alert")),
                    Map.entry("org.eclipse.angus.", Set.of("alert")),
                    Map.entry("gg.jte.", Set.of("web")),
                    Map.entry("com.knuddels.", Set.of("tokens")),
                    Map.entry("com.github.benmanes.", Set.of("cache")),
                    Map.entry("tools.jackson.dataformat.", Set.of("config")),
                    Map.entry("org.apache.kafka.", Set.of("export")),
                    Map.entry("io.prometheus.", Set.of("metrics")),
                    Map.entry("io.opentelemetry.", Set.of("export.otlp")),
                    Map.entry("com.google.protobuf.", Set.of("export.otlp")),
                    Map.entry("jdk.jfr.", Set.of("call", "profile")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.weir");

    @Test
    void importsPointDown() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                if (target.startsWith(ROOT)
                        && !top(target).equals(top(from.getPackageName()))
                        && !pointsDown(from, target)) {
                    wrong.add(from.getName() + " -> " + dependency.getTargetClass().getName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackageHasALevelAndIsNullMarked() throws ClassNotFoundException {
        for (JavaClass type : CLASSES) {
            assertThat(LEVELS).as(type.getName()).containsKey(top(type.getPackageName()));
            Class<?> marker = Class.forName(type.getPackageName() + ".package-info");
            assertThat(marker.isAnnotationPresent(NullMarked.class)).as(marker.getName()).isTrue();
        }
    }

    @Test
    void packagesHaveNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("io.weir.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /** A package below another may use it, and is known to its catalogue only. */
    @Test
    void aPackageBelowAnotherIsKnownToTheCatalogueOnly() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                boolean below = target.startsWith(ROOT) && !name(target).equals(top(target));
                if (below
                        && !target.equals(from.getPackageName())
                        && !from.getName().equals("io.weir.export.Kinds")) {
                    wrong.add(from.getName() + " -> " + dependency.getTargetClass().getName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aVendorIsKnownToItsPackageOnly() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getName();
                VENDORS.forEach((vendor, packages) -> {
                    if (target.startsWith(vendor)
                            && !packages.contains(name(from.getPackageName()))) {
                        wrong.add(from.getName() + " -> " + target);
                    }
                });
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noPolicyKnowsAnotherAndNoReportAnother() {
        Set<String> wrong = new TreeSet<>();
        for (String catalogue : List.of("io.weir.call.Policy", "io.weir.report.Report")) {
            List<JavaClass> members =
                    CLASSES.stream()
                            .filter(type -> !type.isInterface() && type.isAssignableTo(catalogue))
                            .filter(type -> type.getEnclosingClass().isEmpty())
                            .toList();
            for (JavaClass from : members) {
                from.getDirectDependenciesFromSelf().stream()
                        .map(Dependency::getTargetClass)
                        .filter(target -> !target.equals(from) && members.contains(target))
                        .forEach(target -> wrong.add(from.getName() + " -> " + target.getName()));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noStaticStateChanges() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (JavaField field : type.getFields()) {
                Set<JavaModifier> modifiers = field.getModifiers();
                if (modifiers.contains(JavaModifier.STATIC)
                        && !modifiers.contains(JavaModifier.FINAL)) {
                    wrong.add(field.getFullName());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean pointsDown(JavaClass from, String target) {
        return LEVELS.getOrDefault(top(target), 99)
                < LEVELS.getOrDefault(top(from.getPackageName()), -1);
    }

    /** A package below another has the other's level. */
    private static String top(String packageName) {
        String name = name(packageName);
        return name.indexOf('.') < 0 ? name : name.substring(0, name.indexOf('.'));
    }

    private static String name(String packageName) {
        return packageName.length() < ROOT.length() ? "" : packageName.substring(ROOT.length());
    }
}
