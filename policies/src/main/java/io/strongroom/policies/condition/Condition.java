package io.strongroom.policies.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.strongroom.policies.pattern.SafePattern;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A condition of a rule, in CEL (Common Expression Language), compiled and type-checked.
 *
 * <p>Whoever wrote it may be hostile: it is short, has no loop in a loop, cannot build texts or lists, matches by small
 * expressions that it names itself, and stops after {@link #MAX_STEPS} steps. What it cannot decide, it says so, and the
 * rule does not allow.
 */
public final class Condition {
    /** Most steps of an evaluation. */
    public static final int MAX_STEPS = 5_000;

    /** Longest condition, in characters. */
    public static final int MAX_CHARS = 2_000;

    private static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);
    private static final CelType ANYTHING = MapType.create(SimpleType.STRING, SimpleType.DYN);

    /** What a condition may name, and its type. */
    private static final Map<String, CelType> VARIABLES = new TreeMap<>(Map.ofEntries(
            Map.entry("caller.id", SimpleType.STRING),
            Map.entry("caller.roles", ListType.create(SimpleType.STRING)),
            Map.entry("caller.attributes", TEXTS),
            Map.entry("operation", SimpleType.STRING),
            Map.entry("purpose", SimpleType.STRING),
            Map.entry("time", SimpleType.TIMESTAMP),
            Map.entry("stream", SimpleType.STRING)));

    /** What it may name besides where a record is at hand. */
    private static final Map<String, CelType> RECORD_VARIABLES = new TreeMap<>(Map.ofEntries(
            Map.entry("record.action", SimpleType.STRING),
            Map.entry("record.outcome", SimpleType.STRING),
            Map.entry("record.purpose", SimpleType.STRING),
            Map.entry("record.occurredAt", SimpleType.TIMESTAMP),
            Map.entry("record.source.id", SimpleType.STRING),
            Map.entry("record.actor.type", SimpleType.STRING),
            Map.entry("record.actor.id", SimpleType.STRING),
            Map.entry("record.resource.type", SimpleType.STRING),
            Map.entry("record.resource.id", SimpleType.STRING),
            Map.entry("record.labels", TEXTS),
            Map.entry("record.attributes", ANYTHING)));

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(MAX_CHARS)
            .maxParseRecursionDepth(40)
            .comprehensionMaxIterations(1_000)
            .enableStringConcatenation(false)
            .enableListConcatenation(false)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final String text;
    private final CelRuntime.Program program;
    private final Set<String> named;
    private final boolean usesRecord;

    private Condition(String text, CelRuntime.Program program, Set<String> named) {
        this.text = text;
        this.program = program;
        this.named = named;
        this.usesRecord = named.stream().anyMatch(name -> name.startsWith("record."));
    }

    /** What an evaluation comes to. */
    public sealed interface Verdict {
        /** It is true, or it is not. */
        record Decided(boolean holds) implements Verdict {}

        /**
         * It cannot be evaluated for what it was asked about.
         *
         * @param reason what went wrong, without values of the record
         */
        record Undecided(String reason) implements Verdict {}
    }

    /**
     * Compiles a condition.
     *
     * @param withRecord whether it may speak of the record
     * @throws IllegalArgumentException if it is none; the message says why
     */
    public static Condition compile(String text, boolean withRecord) {
        CelAbstractSyntaxTree tree;
        CelRuntime.Program program;
        try {
            tree = compiler(withRecord).compile(text).getAst();
            requireNoNestedLoop(tree);
            requireSmallPatterns(tree);
            program = RUNTIME.createProgram(tree);
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(oneLine(String.valueOf(e.getMessage())), e);
        }
        Set<String> named = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.expr().getKind() == CelExpr.ExprKind.Kind.IDENT)
                .map(node -> node.expr().ident().name())
                .collect(Collectors.toUnmodifiableSet());
        return new Condition(text, program, named);
    }

    private static CelCompiler compiler(boolean withRecord) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(
                        CelStandardMacro.HAS,
                        CelStandardMacro.ALL,
                        CelStandardMacro.EXISTS,
                        CelStandardMacro.EXISTS_ONE)
                .setResultType(SimpleType.BOOL);
        VARIABLES.forEach(builder::addVar);
        if (withRecord) {
            RECORD_VARIABLES.forEach(builder::addVar);
        }
        return builder.build();
    }

    private static void requireNoNestedLoop(CelAbstractSyntaxTree tree) {
        boolean nested = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION)
                .flatMap(CelNavigableExpr::descendants)
                .anyMatch(node -> node.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION);
        if (nested) {
            throw new IllegalArgumentException("all and exists cannot stand inside one another");
        }
    }

    /**
     * CEL compiles an expression each time it matches by it, and measures it only then: one of repetitions in repetitions
     * takes all time and memory that there are. So each stands in the condition itself, and is as small as any in a bundle.
     */
    private static void requireSmallPatterns(CelAbstractSyntaxTree tree) {
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(node -> node.expr().call())
                .filter(call -> call.function().equals("matches"))
                .map(call -> call.args().getLast())
                .forEach(Condition::requireSmallPattern);
    }

    private static void requireSmallPattern(CelExpr pattern) {
        if (pattern.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            throw new IllegalArgumentException("matches needs its expression as a text in quotes");
        }
        SafePattern.compile(pattern.constant().stringValue());
    }

    private static String oneLine(String message) {
        return message.lines().findFirst().orElse("not CEL").replaceFirst("^ERROR: <input>:", "at ");
    }

    /** Whether it speaks of the record, and so cannot be decided without one. */
    public boolean usesRecord() {
        return usesRecord;
    }

    /** Whether it names any of these variables, and so depends on what they hold. */
    public boolean usesAny(Set<String> variables) {
        return !Collections.disjoint(named, variables);
    }

    /** Evaluates it. */
    public Verdict evaluate(ConditionInput input) {
        int[] steps = {0};
        try {
            Object value = program.trace(name -> input.find(name), (expression, result) -> {
                if (++steps[0] > MAX_STEPS) {
                    throw new TooManyStepsException();
                }
            });
            return value instanceof Boolean holds
                    ? new Verdict.Decided(holds)
                    : new Verdict.Undecided("it is neither true nor false");
        } catch (TooManyStepsException e) {
            return tooManySteps();
        } catch (CelEvaluationException e) {
            // What a listener throws may come out as an error of the expression's own.
            return steps[0] > MAX_STEPS ? tooManySteps() : new Verdict.Undecided("it failed with " + e.getErrorCode());
        }
    }

    private static Verdict tooManySteps() {
        return new Verdict.Undecided("it takes more than " + MAX_STEPS + " steps");
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Condition that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Names that a condition may use. */
    public static List<String> variables(boolean withRecord) {
        return Stream.concat(
                        VARIABLES.keySet().stream(),
                        (withRecord ? RECORD_VARIABLES : Map.<String, CelType>of()).keySet().stream())
                .toList();
    }

    private static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyStepsException() {
            super(null, null, false, false);
        }
    }
}
