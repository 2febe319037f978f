package org.trackerreports.systemtests.tools;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link OpenPage}; without a Chromium they are skipped. */
final class WithPage implements ParameterResolver, ExecutionCondition {

    private static final String KEY = "the open page";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return BrowserPage.program().isPresent()
                ? ConditionEvaluationResult.enabled("there is a chromium")
                : ConditionEvaluationResult.disabled("the page was not opened: there is no chromium on the PATH");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OpenPage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // Before the page, so that it is closed after it.
        ToolWorld tools = new WithToolWorld().in(context);
        return context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(WithPage.class))
                .computeIfAbsent(KEY, key -> opened(tools), OpenPage.class);
    }

    private static OpenPage opened(ToolWorld tools) {
        try {
            return new OpenPage(tools);
        } catch (Exception e) {
            throw new IllegalStateException("the page does not open", e);
        }
    }
}
