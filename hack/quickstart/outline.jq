# Prints a JSON tree the way YAML looks: what fits on a line stays on one, long strings are cut.

def short: if type == "string" and length > 96 then .[:93] + "..." else . end;

def outline:
    if (type == "object" or type == "array") and (tojson | length) > 88 then
        if type == "object" then
            to_entries[] | .key as $key | [.value | outline] as $lines
            | if ($lines | length) == 1 and (.value | (type != "object" and type != "array") or (tojson | length) <= 88)
              then "\($key): \($lines[0])"
              else "\($key):", ($lines[] | "  \(.)")
              end
        else
            .[] | [outline] as $lines | "- \($lines[0])", ($lines[1:][] | "  \(.)")
        end
    else short | tojson
    end;

outline
