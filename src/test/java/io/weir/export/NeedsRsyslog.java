package io.weir.export;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that sends to {@link RsyslogServer}. Where that is not installed it is left out, and says
 * so; with {@code CI=true} in the environment it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsRsyslog.Condition.class)
@interface NeedsRsyslog {
    /** Whether it can be met. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (RsyslogServer.isInstalled()) {
                return ConditionEvaluationResult.enabled("rsyslogd is there.");
            }
            String missing =
                    "%s is not there: %s needs it (Debian: apt-get install rsyslog rsyslog-openssl)."
                            .formatted(RsyslogServer.program(), context.getDisplayName());
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(missing);
            }
            System.out.println("NOT TESTED: " + missing);
            return ConditionEvaluationResult.disabled(missing);
        }
    }
}
