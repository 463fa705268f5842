package org.gristmill.jobs.sql;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.gristmill.core.Document;
import org.gristmill.core.Hash;
import org.gristmill.core.Text;
import org.gristmill.core.UserError;
import org.gristmill.filters.FilterChain;
import org.gristmill.jobs.conf.FilterText;
import org.gristmill.jobs.registry.AllFilters;
import org.gristmill.jobs.table.Rows;
import scala.Function1;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Every filter as a function of Spark SQL: {@code spark.sql.extensions =
 * org.gristmill.jobs.sql.GristmillFunctions}, with Gristmill's jar on the class path.
 *
 * <p>{@code gristmill_gopher_quality(text)} judges a text by the filter {@code gopher-quality};
 * {@code (text, language)} says what language it is in, an ISO 639-1 code; {@code (text, language,
 * settings)} takes settings as in a pipeline, a literal: {@code 'minWords = 20'}. {@code
 * gristmill_judge(text, language, filters)} asks a chain of filters, {@code '[ { name = length }, {
 * name = c4-lines } ]'}. The answer has the columns of {@link #ANSWER}; of no text it is null. A
 * mistake in the settings is one when the query is analyzed, before anything runs.
 */
public final class GristmillFunctions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  /** What a function answers. */
  public static final String ANSWER =
      "kept boolean, rule string, measured double, limit double, numbers map<string,double>,"
          + " language string, text string";

  /** Which argument the settings are. */
  private static final int SETTINGS = 2;

  private static final StructType TYPE = StructType.fromDDL(ANSWER);

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    AllFilters.BY_NAME
        .keySet()
        .forEach(
            name ->
                inject(
                    extensions,
                    "gristmill_" + name.replace('-', '_'),
                    settings -> FilterText.one(name, settings)));
    inject(extensions, "gristmill_judge", FilterText::chain);
    return BoxedUnit.UNIT;
  }

  private static void inject(
      SparkSessionExtensions extensions, String name, Function<String, FilterChain> filters) {
    Function1<Seq<Expression>, Expression> builder =
        new AbstractFunction1<>() {
          @Override
          public Expression apply(Seq<Expression> given) {
            return call(name, filters, CollectionConverters.asJava(given));
          }
        };
    extensions.injectFunction(
        new Tuple3<>(
            new FunctionIdentifier(name),
            new ExpressionInfo(Judge.class.getName(), null, name),
            builder));
  }

  private static Expression call(
      String name, Function<String, FilterChain> filters, List<Expression> given) {
    if (given.isEmpty() || given.size() > SETTINGS + 1) {
      throw new UserError(
          name
              + " takes a text, and if wanted its language and a literal with settings; not "
              + given.size()
              + " values");
    }
    String settings = "";
    if (given.size() > SETTINGS) {
      if (!given.get(SETTINGS).foldable()) {
        throw new UserError(name + " takes settings as a literal, not from a column");
      }
      settings = String.valueOf(given.get(SETTINGS).eval(null));
    }
    Expression language =
        given.size() > 1
            ? given.get(1)
            : Literal.create(Document.UNDETERMINED, DataTypes.StringType);
    Seq<Expression> children = Rows.seq(List.of(given.get(0), language));
    return new ScalaUDF(
        new Judge(filters.apply(settings)),
        TYPE,
        children,
        empty(),
        Option.empty(),
        Option.apply(name.toLowerCase(Locale.ROOT)),
        true,
        true);
  }

  @SuppressWarnings("unchecked")
  private static <T> Seq<T> empty() {
    return (Seq<T>) (Seq<?>) Nil$.MODULE$;
  }

  /** Judges a text; serialized with the plan. */
  private static final class Judge extends AbstractFunction2<Object, Object, Object>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    private final FilterChain chain;

    Judge(FilterChain chain) {
      this.chain = chain;
    }

    @Override
    public Object apply(Object text, Object language) {
      if (text == null) {
        return null;
      }
      Text its = Text.of((String) text);
      Document document =
          new Document(
              Hash.id("", "", "", its), // what chance there is depends on the text alone
              "",
              "",
              "",
              0,
              "",
              language == null ? Document.UNDETERMINED : (String) language,
              its,
              new TreeMap<>());
      FilterChain.Judged judged = chain.judge(document);
      Row answer =
          RowFactory.create(
              judged.kept(),
              judged.rule(),
              judged.measured(),
              judged.limit(),
              Rows.map(judged.numbers()),
              judged.document().language(),
              judged.document().text().toString());
      return answer;
    }
  }
}
