package dev.vireo.tck;

import dev.vireo.Operation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Runs the test of a rule as the driver's table and what is declared of the environment have it, says which rule was broken,
 * and ends a driver that does not come back.
 */
final class RuleInterceptor implements InvocationInterceptor {
    /** For JUnit. */
    RuleInterceptor() {}

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Rule rule = method.getExecutable().getAnnotation(Rule.class);
        if (rule == null) {
            invocation.proceed(); // a test that the driver's author added
            return;
        }
        ContractScene scene = (ContractScene) context.getRequiredTestInstance();
        Environment environment = scene.environment();
        String deviation = environment.deviations().get(rule.value());
        String untested = environment.untested().get(rule.value());
        AssertionError broken;
        try {
            broken = run(invocation, rule, scene);
        } catch (TestAbortedException need) {
            tell(
                    context,
                    "does not test rule " + rule.value() + ": " + (untested == null ? need.getMessage() : untested));
            if (untested == null) {
                throw need;
            }
            return;
        }
        if (deviation != null && broken != null) {
            String seen =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
            tell(context, "deviates from rule " + rule.value() + ": " + deviation + " (" + seen + ")");
        } else if (broken != null) {
            throw broken;
        } else {
            requireNotStale(rule, "is kept, though it is declared that it is not", deviation);
            requireNotStale(rule, "was tested and is kept, though it is declared that it cannot be tested", untested);
        }
    }

    private static void tell(ExtensionContext context, String what) {
        context.publishReportEntry("contract", what);
        // reports of builds do not show entries
        System.out.println(context.getRequiredTestClass().getSimpleName() + " " + what);
    }

    private static void requireNotStale(Rule rule, String what, @Nullable String declared) {
        Checks.require(
                declared == null,
                "rule " + rule.value() + " " + what + ": '" + declared + "'; take the declaration away");
    }

    /** Requires that each number is a rule's: one that is mistyped would hide nothing, and nobody would notice. */
    static void requireRules(Class<?> contract, Environment environment) {
        Set<String> rules = new TreeSet<>();
        for (Class<?> group = contract; group != null; group = group.getSuperclass()) {
            for (Method method : group.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Rule.class)) {
                    rules.add(method.getAnnotation(Rule.class).value());
                }
            }
        }
        Set<String> declared = new TreeSet<>(environment.deviations().keySet());
        declared.addAll(environment.untested().keySet());
        for (String number : declared) {
            Checks.require(
                    rules.contains(number), "something is declared of rule " + number + ", and the rules are " + rules);
        }
    }

    private static @Nullable AssertionError run(Invocation<Void> invocation, Rule rule, ContractScene scene)
            throws Throwable {
        try {
            for (Operation operation : rule.of()) {
                if (!scene.connection().supports(operation)) {
                    invocation.skip();
                    Absence.require(operation, scene);
                    return null;
                }
            }
            TimeLimit.run(scene.environment().limit(), invocation::proceed);
            return null;
        } catch (AssertionError broken) {
            return broken(rule, String.valueOf(broken.getMessage()), broken);
        } catch (SceneFailure | TestAbortedException notTheDrivers) {
            throw notTheDrivers;
        } catch (Exception broken) {
            return broken(rule, broken.toString(), broken);
        }
    }

    private static AssertionError broken(Rule rule, String text, Throwable cause) {
        return new AssertionError(
                "rule " + rule.value() + " is broken: " + text + "\n  look at: " + rule.look(), cause);
    }
}
