package dev.vireo.tck;

import dev.vireo.Operation;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs the test of a rule as the driver's table and its declared deviations have it, and says which rule was broken. */
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
        String deviation = scene.environment().deviations().get(rule.value());
        AssertionError broken = run(invocation, rule, scene);
        if (deviation == null && broken != null) {
            throw broken;
        }
        if (deviation != null) {
            if (broken == null) {
                throw new AssertionError("rule " + rule.value() + " is kept, though it is declared that it is not: '"
                        + deviation + "'; take the declaration away");
            }
            String seen =
                    String.valueOf(broken.getMessage()).lines().findFirst().orElse("");
            context.publishReportEntry("deviation from rule " + rule.value(), deviation);
            // reports of builds do not show entries
            System.out.println(context.getRequiredTestClass().getSimpleName() + " deviates from rule " + rule.value()
                    + ": " + deviation + " (" + seen + ")");
        }
    }

    /** Requires that each number is a rule's: one that is mistyped would hide nothing, and nobody would notice. */
    static void requireRules(Class<?> contract, Set<String> numbers) {
        Set<String> rules = new TreeSet<>();
        for (Class<?> group = contract; group != null; group = group.getSuperclass()) {
            for (Method method : group.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Rule.class)) {
                    rules.add(method.getAnnotation(Rule.class).value());
                }
            }
        }
        for (String number : numbers) {
            Checks.require(
                    rules.contains(number),
                    "a deviation is declared from rule " + number + ", and the rules are " + rules);
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
            invocation.proceed();
            return null;
        } catch (AssertionError | Exception broken) {
            String text = broken instanceof AssertionError ? String.valueOf(broken.getMessage()) : broken.toString();
            return new AssertionError(
                    "rule " + rule.value() + " is broken: " + text + "\n  look at: " + rule.look(), broken);
        }
    }
}
