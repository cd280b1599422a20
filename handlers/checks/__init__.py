"""The steps of a company's setup that belong to no other journey: each looks at one thing and says what to do next."""
