package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;

/**
 * How a query would be answered: {@code POST /api/v1/query/plan}.
 *
 * @param filters the names of what is filtered by
 * @param tenantPredicate what keeps every statement to this tenant
 * @param unsearched filters by which records of some streams are not found
 * @param then what is done with the rows that the statements give, in a sentence
 */
public record QueryPlan(
        List<String> filters,
        String sort,
        String tenantPredicate,
        List<QueryPage.Unsearched> unsearched,
        List<Statement> statements,
        String then) {
    public QueryPlan {
        filters = List.copyOf(filters);
        unsearched = List.copyOf(unsearched);
        statements = List.copyOf(statements);
    }

    /**
     * One statement to the database.
     *
     * @param explain the database's own plan, line by line
     */
    public record Statement(String purpose, String sql, List<String> parameters, List<String> explain) {
        public Statement {
            parameters = List.copyOf(parameters);
            explain = List.copyOf(explain);
        }

        static Statement fromJson(Json.Obj json) {
            return new Statement(
                    json.text("purpose"), json.text("sql"), json.texts("parameters"), json.texts("explain"));
        }
    }

    public static QueryPlan fromJson(Json.Obj json) {
        return new QueryPlan(
                json.texts("filters"),
                json.text("sort"),
                json.text("tenantPredicate"),
                json.objects("unsearched", QueryPage.Unsearched::fromJson),
                json.objects("statements", Statement::fromJson),
                json.text("then"));
    }
}
