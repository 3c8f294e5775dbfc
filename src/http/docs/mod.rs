//! `/api/docs/`: the OpenAPI document as a page for people. Plain HTML and one style sheet, both the
//! server's own; everything that comes from the document is escaped.

mod words;

use std::fmt::Write as _;

use serde_json::{Map, Value};

use self::words::{escape, fields_of, kind, prose, reference, text_of};

/// The page's style sheet.
pub const STYLE: &str = include_str!("style.css");

/// Where the examples ask.
const HERE: &str = "http://127.0.0.1:8000";

/// Of the document of an API, a page about the whole of it.
pub fn page(document: &Value) -> String {
    let docs = Docs { document };
    let (name, version) = (&document["info"]["title"], &document["info"]["version"]);
    let title = format!("{} API", text_of(name));
    let mut page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\
         <meta name=color-scheme content=\"light dark\"><title>{title}</title>\
         <link rel=stylesheet href=/api/docs.css>\
         <a class=skip href=#operations>To the operations</a>\
         <header><h1>{title} <small>{}</small></h1><p>{}</p>\
         <p><a href=/api/openapi.json>OpenAPI document</a> <a href=/>Web app</a></p></header>",
        text_of(version),
        prose(&document["info"]["description"]),
    );
    page.push_str("<nav aria-label=Operations><ul>");
    for operation in docs.operations() {
        let id = text_of(&operation.about["operationId"]);
        let _ = write!(page, "<li><a href=\"#{id}\">{}</a>", operation.line());
    }
    page.push_str("<li><a href=#types>Types</a></ul></nav><main id=operations>");
    for operation in docs.operations() {
        docs.operation(&mut page, &operation);
    }
    page.push_str("<h2 id=types>Types</h2>");
    for (name, schema) in fields_of(&document["components"]["schemas"]) {
        let name = escape(name);
        let _ = write!(page, "<section id=\"type-{name}\"><h3>{name}</h3>");
        paragraph(&mut page, &schema["description"]);
        if schema["properties"].is_object() {
            docs.properties(&mut page, schema);
        } else {
            let _ = write!(page, "<p>{}</p>", kind(schema));
        }
        page.push_str("</section>");
    }
    page.push_str("</main></html>");
    page
}

struct Docs<'a> {
    document: &'a Value,
}

struct Operation<'a> {
    method: String,
    path: &'a str,
    about: &'a Value,
}

impl Operation<'_> {
    fn line(&self) -> String {
        let (method, path) = (escape(&self.method), escape(self.path));
        // a long path may break after each of its parts
        format!("<b class={method}>{method}</b> <code>{}</code>", path.replace('/', "/<wbr>"))
    }
}

impl<'a> Docs<'a> {
    fn operations(&self) -> impl Iterator<Item = Operation<'a>> {
        const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
        let all = fields_of(&self.document["paths"]).flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| {
                let about = item.get(method)?;
                Some(Operation { method: method.to_uppercase(), path, about })
            })
        });
        // what is about the server itself comes last
        let (last, first): (Vec<_>, Vec<_>) =
            all.partition(|operation| operation.about["tags"][0] == "server");
        first.into_iter().chain(last)
    }

    fn operation(&self, page: &mut String, operation: &Operation<'a>) {
        let about = operation.about;
        let id = text_of(&about["operationId"]);
        let line = operation.line();
        let _ = write!(page, "<section id=\"{id}\"><h2><a href=\"#{id}\">{line}</a></h2>");
        paragraph(page, &about["summary"]);
        paragraph(page, &about["description"]);
        if let Some(parameters) = about["parameters"].as_array() {
            page.push_str("<h3>Parameters</h3><dl>");
            for parameter in parameters {
                let place = match parameter["required"] == true {
                    true => format!("{}, required", text_of(&parameter["in"])),
                    false => text_of(&parameter["in"]),
                };
                let mut kind = kind(&parameter["schema"]);
                if parameter["explode"] == false {
                    kind.push_str(", separated by commas");
                }
                field(page, &text_of(&parameter["name"]), &place, &kind, &parameter["description"]);
            }
            page.push_str("</dl>");
        }
        let body = self.resolve(&about["requestBody"]["content"]["application/json"]["schema"]);
        if let Some(body) = body {
            page.push_str("<h3>Request body <small>application/json</small></h3>");
            paragraph(page, &body["description"]);
            self.properties(page, body);
        }
        page.push_str("<h3>Responses</h3><dl>");
        for (status, response) in fields_of(&about["responses"]) {
            let content = fields_of(&response["content"]).next();
            let kind = content.map(|(_, content)| kind(&content["schema"])).unwrap_or_default();
            field(page, &escape(status), "", &kind, &response["description"]);
        }
        page.push_str("</dl><h3>Example</h3>");
        let _ = write!(page, "<pre tabindex=0><code>{}</code></pre></section>", {
            escape(&self.example(operation, body))
        });
    }

    fn properties(&self, page: &mut String, schema: &Value) {
        page.push_str("<dl>");
        for (name, property) in fields_of(&schema["properties"]) {
            let required =
                schema["required"].as_array().is_some_and(|all| all.contains(&name.into()));
            let place = if required { "required" } else { "" };
            field(page, &escape(name), place, &kind(property), &property["description"]);
        }
        page.push_str("</dl>");
    }

    fn resolve(&self, schema: &'a Value) -> Option<&'a Value> {
        let Some(name) = reference(schema) else { return schema.is_object().then_some(schema) };
        self.document["components"]["schemas"].get(name)
    }

    /// A command line that can be pasted into a shell.
    fn example(&self, operation: &Operation, body: Option<&Value>) -> String {
        let mut command = "curl -s".to_owned();
        if operation.method != "GET" {
            let _ = write!(command, " -X {}", operation.method);
        }
        let mut query = Vec::new();
        let mut path = operation.path.to_owned();
        for parameter in operation.about["parameters"].as_array().into_iter().flatten() {
            let (schema, name) =
                (&parameter["schema"], parameter["name"].as_str().unwrap_or_default());
            match (parameter["in"].as_str(), schema["items"]["enum"][0].as_str()) {
                (Some("path"), _) => path = path.replace(&format!("{{{name}}}"), "17"),
                (Some("query"), Some(word)) => query.push(format!("{name}={word}")),
                _ => {}
            }
        }
        if !query.is_empty() {
            path = format!("{path}?{}", query.join("&"));
        }
        let _ = write!(command, " {}", quoted(&format!("{HERE}{path}")));
        if let Some(body) = body {
            let examples: Map<String, Value> = fields_of(&body["properties"])
                .filter(|(_, property)| !property["example"].is_null())
                .map(|(name, property)| (name.to_owned(), property["example"].clone()))
                .collect();
            let json = quoted(&Value::Object(examples).to_string());
            let _ = write!(command, " \\\n  -H 'content-type: application/json' \\\n  -d {json}");
        }
        command
    }
}

fn field(page: &mut String, name: &str, place: &str, kind: &str, description: &Value) {
    let _ = write!(page, "<dt><code>{name}</code>");
    if !place.is_empty() {
        let _ = write!(page, " <small>{place}</small>");
    }
    page.push_str("<dd>");
    let description = prose(description);
    if !description.is_empty() {
        let stop = if description.ends_with('.') { "" } else { "." };
        let _ = write!(page, "{description}{stop} ");
    }
    let _ = write!(page, "<span class=kind>{kind}</span>");
}

fn paragraph(page: &mut String, text: &Value) {
    let text = prose(text);
    if !text.is_empty() {
        let _ = write!(page, "<p>{text}</p>");
    }
}

/// As one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_of_the_document_becomes_markup() {
        let evil = "<img src=x onerror=\"a\">'&`<b>`";
        let field = json!({"type": evil, "description": evil, "default": evil, "example": evil});
        let document = json!({
            "info": {"title": evil, "version": evil, "description": evil},
            "paths": {evil: {"post": {
                "operationId": evil, "summary": evil, "description": evil,
                "parameters": [{"name": evil, "in": evil, "description": evil, "schema": field,
                    "required": true}, {"name": evil, "in": "query", "schema":
                    {"type": "array", "items": {"enum": [evil]}}}],
                "requestBody": {"content": {"application/json": {"schema":
                    {"$ref": format!("#/components/schemas/{evil}")}}}},
                "responses": {evil: {"description": evil, "content": {evil: {"schema": field}}}},
            }}},
            "components": {"schemas": {evil: {"description": evil, "properties": {evil: field}}}},
        });
        let page = page(&document);
        assert!(!page.contains("<img") && !page.contains("<b>`") && page.contains("&lt;img"));
        assert!(!page.contains("onerror=\""), "no attribute is left by its quotes");
    }

    #[test]
    fn an_example_survives_the_shell() {
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
