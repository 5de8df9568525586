package dev.vireo.it;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** What a caller can reach of a class names no type of a package, but for the driver that {@code Drivers.with} takes. */
final class ExposesNothingOf extends ArchCondition<JavaClass> {
    private final String hidden;

    ExposesNothingOf(String hidden) {
        super("expose no type of " + hidden);
        this.hidden = hidden;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        report(type, type.getName(), Stream.concat(above, type.getTypeParameters().stream()), events);
        type.getFields().stream()
                .filter(field -> isReachable(field.getModifiers()))
                .forEach(field -> check(type, field, events));
        type.getCodeUnits().stream()
                .filter(code -> isReachable(code.getModifiers()) && !isException(code))
                .forEach(code -> check(type, code, events));
    }

    private void check(JavaClass type, JavaField field, ConditionEvents events) {
        report(type, field.getFullName(), Stream.of(field.getType()), events);
    }

    private void check(JavaClass type, JavaCodeUnit code, ConditionEvents events) {
        Stream<JavaType> types = Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream());
        Stream<JavaType> more = Stream.concat(code.getExceptionTypes().stream(), code.getTypeParameters().stream());
        report(type, code.getFullName(), Stream.concat(types, more), events);
    }

    private void report(JavaClass type, String where, Stream<? extends JavaType> types, ConditionEvents events) {
        types.flatMap(exposed -> exposed.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .filter(exposed -> exposed.getPackageName().equals(hidden))
                .forEach(exposed ->
                        events.add(SimpleConditionEvent.violated(type, where + " exposes " + exposed.getName())));
    }

    /** Bridges and other code that the compiler adds are for no caller. */
    private static boolean isReachable(Set<JavaModifier> modifiers) {
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static boolean isException(JavaCodeUnit code) {
        return code.getOwner().getSimpleName().equals("Drivers")
                && code.getName().equals("with")
                && code.getRawParameterTypes().size() == 1;
    }
}
