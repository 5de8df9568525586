package dev.vireo.tck;

import dev.vireo.Operation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the rule of the contract that a test is for. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Rule {
    /** Returns its number, as {@code docs/driver-contract.md} has it. */
    String value();

    /** Returns what to look at in a driver that breaks it. */
    String look();

    /** Returns the operations that it is about: where a connection lacks one, that one must answer {@code NO_SUPPORT}. */
    Operation[] of() default {};
}
