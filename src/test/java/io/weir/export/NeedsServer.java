package io.weir.export;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test that needs what is installed beside Weir: a real server, or the model of the semantic
 * cache. Where that is not there the test is left out, and says so; with {@code CI=true} in the
 * environment it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsServer.Condition.class)
public @interface NeedsServer {
    /** Of the environment, with the path of the program, or of a directory with its jars. */
    String variable();

    /** That path where there is no such variable. */
    String usually() default "not-installed";

    /** Whether it can be met. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            NeedsServer needs =
                    AnnotationSupport.findAnnotation(
                                    context.getRequiredTestClass(), NeedsServer.class)
                            .orElseThrow();
            return isThere(needs.variable(), needs.usually(), context.getDisplayName())
                    ? ConditionEvaluationResult.enabled("The server is there.")
                    : ConditionEvaluationResult.disabled(needs.variable() + " leads nowhere.");
        }

        static boolean isThere(String variable, String usually, String forWhom) {
            if (Files.exists(path(variable, usually))) {
                return true;
            }
            String missing =
                    "%s has to lead to what %s needs: see .ci/run.".formatted(variable, forWhom);
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(missing);
            }
            System.out.println("NOT TESTED: " + missing);
            return false;
        }

        /** The path that a variable of the environment has, or that one. */
        public static Path path(String variable, String usually) {
            return Path.of(System.getenv().getOrDefault(variable, usually));
        }
    }
}
